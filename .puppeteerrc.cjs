// Installing packages downloads no browser: the tests use the system's, and `npm test` says before it brings one.
module.exports = { skipDownload: true };

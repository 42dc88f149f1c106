// Where the library is, seen from here. The only file to change when the folders lie elsewhere.
export * from '../dist/chromask.js';

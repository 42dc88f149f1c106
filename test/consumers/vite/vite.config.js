export default { base: './', worker: { format: 'es' }, build: { outDir: 'out' } };

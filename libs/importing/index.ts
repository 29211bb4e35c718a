export * from './import-line.js';

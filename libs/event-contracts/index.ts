export * from './envelope/actor.js';
export * from './envelope/metadata.js';
export * from './envelope/recorded-event.js';
export * from './complaint/vocabulary.js';
export * from './complaint/complaint-events.js';
export * from './configuration/configuration-events.js';
export * from './streams.js';

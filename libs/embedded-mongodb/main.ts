import { runEngine } from '#libs/engine-host/index.js';
import { startEmbeddedMongodb } from './start-embedded-mongodb.js';

runEngine(startEmbeddedMongodb);

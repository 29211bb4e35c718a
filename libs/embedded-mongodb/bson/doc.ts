import { findElement, readDocument } from './read.js';
import { Doc, readDocumentsWith } from './values.js';

readDocumentsWith({ findElement, readDocument });

export { Doc };

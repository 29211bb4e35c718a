import type { Doc } from '../bson/doc.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { Doc as Document } from '../bson/doc.js';
import { fail, failAt } from '../errors.js';
import type { Execution } from '../query/execution.js';
import { documentStage } from './document-stages.js';

const allowed = ['$addFields', '$set', '$unset', '$project', '$replaceRoot', '$replaceWith'];

/** Stages that make more or fewer documents of one. */
const known = [
  '$match',
  '$group',
  '$sort',
  '$limit',
  '$skip',
  '$unwind',
  '$lookup',
  '$facet',
  '$count',
  '$out',
  '$merge',
];

/** An update given as stages, each of which makes one document of one. */
export function updatePipeline(
  stages: readonly Value[],
  execution: Execution,
  variables?: ReadonlyMap<string, MaybeValue>,
): (doc: Doc) => Doc {
  const steps = stages.map((stage) => {
    const [name] = stage instanceof Document ? stage.keys : [];
    if (!(stage instanceof Document) || stage.size !== 1 || name === undefined) {
      throw failAt(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    if (!allowed.includes(name) && !known.includes(name))
      throw failAt(40324, `Unrecognized pipeline stage name: '${name}'`);
    if (!allowed.includes(name))
      throw fail('InvalidOptions', `${name} is not allowed to be used within an update`);
    return documentStage(name, stage.get(name) as Value, execution, variables) as (doc: Doc) => Doc;
  });
  return (doc) => steps.reduce((next, step) => step(next), doc);
}

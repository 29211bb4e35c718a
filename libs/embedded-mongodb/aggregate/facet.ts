import { Doc } from '../bson/doc.js';
import type { Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { pause, type Steps } from '../query/execution.js';
import { nested } from './lookup.js';
import { docSize, outputs, stageSpecs, through, type StageParser } from './pipeline.js';

const memory = 100 * 1024 * 1024;
const refused = new Set(['$facet', '$collStats', '$indexStats', '$geoNear']);

/** Several pipelines over the same input, which is held for them. */
export const facetStage: StageParser = (operand, outer) => {
  if (!(operand instanceof Doc) || operand.size === 0)
    throw failAt(40169, 'the $facet specification must be a non-empty object');
  const context = nested(outer);
  const facets = [...operand.entries()].map(([name, pipeline]) => {
    if (name.includes('.') || name.startsWith('$')) throw failAt(16410, `'${name}' is no name for a facet`);
    const specs = stageSpecs(pipeline);
    const odd = specs.find(({ name: stage }) => refused.has(stage) || outputs.has(stage));
    if (odd) throw failAt(40600, `${odd.name} is not allowed to be used within a $facet stage`);
    return { name, stages: context.compile(specs, context) };
  });
  return function* (input: Steps<Doc>): Steps<Doc> {
    const held: Doc[] = [];
    let bytes = 0;
    for (const doc of input) {
      if (doc === pause) {
        yield pause;
        continue;
      }
      held.push(doc);
      bytes += docSize(doc);
      if (bytes > memory) throw fail('ExceededMemoryLimit', `$facet holds more than ${memory} bytes`);
    }
    const results: Value[] = [];
    for (const { stages } of facets) {
      const found: Value[] = [];
      for (const doc of through(replay(held), stages)) {
        if (doc === pause) {
          yield pause;
          continue;
        }
        bytes += docSize(doc);
        if (bytes > memory) throw fail('ExceededMemoryLimit', `$facet holds more than ${memory} bytes`);
        found.push(doc);
        if (context.execution.pauseDue) yield pause;
      }
      results.push(found);
    }
    yield Doc.fromLists(
      facets.map(({ name }) => name),
      results,
    );
  };
};

function* replay(docs: readonly Doc[]): Steps<Doc> {
  yield* docs;
}

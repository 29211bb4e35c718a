import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import type { Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { stageSpecs, type StageSpec } from '../aggregate/pipeline.js';
import { shell } from '../bson/shell.js';
import { coveredPlan } from '../plan/covered.js';
import type { Plan } from '../plan/plan.js';
import type { Found } from '../plan/scan.js';
import { drain, type Steps } from '../query/execution.js';
import type { CollectionEntry } from '../storage/catalog.js';
import { headOf, variablesFor } from './pipeline-head.js';
import { describePlan } from './explain-stages.js';
import { explainedWrite, type ExplainedWrite } from './explain-writes.js';
import { checkNamespace, Fields, type Call, type Command } from './command.js';
import { parseFind } from './find.js';
import { onlyCounts } from './only-counts.js';
import { parseSelection, planOf, select, selectCovered, type Selection } from './select.js';

interface Explained {
  readonly collection: string;
  readonly selection: Selection;
  readonly limit: number;
  readonly skip: number;
  readonly rest: readonly StageSpec[];
  /** Only how many they are is asked. */
  readonly counts: boolean;
  readonly write: ExplainedWrite | undefined;
}

function explained(command: Doc, call: Call): Explained {
  const [name] = command.keys;
  const { execution } = call;
  const fields = new Fields(name ?? '', command);
  const plain = (query: Doc | undefined, extra: Partial<Explained> = {}): Explained => ({
    collection: fields.text(name ?? ''),
    selection: parseSelection(query ?? Doc.empty, execution, { hint: fields.value('hint') }),
    limit: Infinity,
    skip: 0,
    rest: [],
    counts: false,
    write: undefined,
    ...extra,
  });
  switch (name) {
    case 'find': {
      const { selection, limit, skip } = parseFind(command, execution);
      return plain(undefined, { selection, limit: limit ?? Infinity, skip });
    }
    case 'count':
      return plain(fields.optionalDocument('query'), { counts: true });
    case 'distinct':
      return plain(fields.optionalDocument('query'));
    case 'findAndModify': {
      const query = fields.optionalDocument('query') ?? Doc.empty;
      const [sort, hint] = [fields.optionalDocument('sort'), fields.value('hint')];
      return plain(undefined, {
        selection: parseSelection(query, execution, { sort, hint }),
        write: explainedWrite(name, query, command, execution),
      });
    }
    case 'update':
    case 'delete': {
      const [statement, ...more] = fields.documents(`${name}s`, call.sequences);
      if (!statement || more.length > 0)
        throw fail('InvalidLength', `explained write batches must be of size 1`);
      const own = new Fields(name, statement);
      const query = own.document('q');
      return plain(undefined, {
        selection: parseSelection(query, execution, { hint: own.value('hint') }),
        write: explainedWrite(name, query, statement, execution),
      });
    }
    case 'aggregate': {
      const specs = stageSpecs(fields.value('pipeline'));
      const { query, sort, taken } = headOf(specs);
      const variables = variablesFor(fields);
      const selection = parseSelection(query, execution, { sort, hint: fields.value('hint'), variables });
      const rest = specs.slice(taken);
      return plain(undefined, { selection, rest, counts: onlyCounts(rest) });
    }
    default:
      throw fail('CommandNotFound', `Explain failed due to unknown command: ${name ?? ''}`);
  }
}

const isById = ({ filter, hint, natural }: Selection): boolean =>
  filter.kind === 'field' &&
  filter.path === '_id' &&
  filter.test.op === 'eq' &&
  hint === undefined &&
  natural === undefined;

const verbosities = ['queryPlanner', 'executionStats', 'allPlansExecution'];

export async function explain(call: Call): Promise<Doc> {
  const { body, engine, db } = call;
  const command = body.get('explain');
  if (!(command instanceof Doc)) throw fail('TypeMismatch', `BSON field 'explain' must be an object`);
  const verbosity = new Fields('explain', body).optionalText('verbosity') ?? 'allPlansExecution';
  if (!verbosities.includes(verbosity))
    throw fail('FailedToParse', `verbosity string must be one of ${verbosities.join(', ')}`);
  return explainCommand(call, command, verbosity, engine.collection(db, targetOf(command, db)));
}

function targetOf(command: Doc, db: string): string {
  const name = command.values[0];
  if (typeof name !== 'string') throw fail('InvalidNamespace', 'collection name has invalid type');
  checkNamespace(db, name);
  return name;
}

export async function explainCommand(
  call: Call,
  command: Doc,
  verbosity: string,
  collection: CollectionEntry | undefined,
): Promise<Doc> {
  const { engine, execution, db } = call;
  const { collection: name, selection, skip, rest, counts, write, limit: shown } = explained(command, call);
  const limit = write?.limit ?? shown;
  const plan: Plan | undefined = collection && planOf(engine, collection, selection);
  const covered = counts && plan !== undefined && coveredPlan(plan, selection.filter) !== undefined;
  const asked = { sort: selection.sort, skip, limit: shown, covered, byId: isById(selection) };
  const source: Value = plan ? describePlan(plan, asked) : Doc.of({ stage: 'EOF' });
  const stage: Value = write?.stage(source, undefined) ?? source;
  const planner = Doc.of({
    namespace: `${db}.${name}`,
    parsedQuery: shell(command.get('filter') ?? command.get('query') ?? Doc.empty),
    winningPlan: stage,
    rejectedPlans: [],
  });
  const fields: Record<string, Value> = { explainVersion: '1', queryPlanner: planner };
  if (verbosity !== 'queryPlanner') {
    const started = performance.now();
    let [returned, accepted] = [0, 0];
    const counted = {
      ...selection,
      accepts: (doc: Doc) => {
        const accepts = selection.accepts(doc);
        if (accepts) accepted++;
        return accepts;
      },
    };
    if (collection) {
      const matches: Steps<unknown> =
        (covered ? selectCovered(engine, collection, selection, execution) : undefined) ??
        select(engine, collection, counted, execution, limit + skip);
      await drain(matches, execution, (found) => {
        write?.meet((found as Found).doc);
        return ++returned >= limit + skip;
      });
    }
    const ran = plan
      ? describePlan(plan, asked, {
          keysExamined: execution.keysExamined,
          docsExamined: execution.docsExamined,
          found: selection.sort && !plan.sorted ? accepted : returned,
          returned,
        })
      : source;
    fields['executionStats'] = Doc.of({
      executionSuccess: true,
      nReturned: integer(write && !write.returns ? 0 : Math.max(0, returned - skip)),
      executionTimeMillis: integer(Math.round(performance.now() - started)),
      totalKeysExamined: integer(execution.keysExamined),
      totalDocsExamined: integer(execution.docsExamined),
      executionStages: write?.stage(ran, returned) ?? ran,
    });
  }
  if (rest.length > 0) {
    const cursor = Doc.of({
      $cursor: Doc.of({
        queryPlanner: planner,
        ...(fields['executionStats'] ? { executionStats: fields['executionStats'] } : {}),
      }),
    });
    return Doc.of({
      explainVersion: '1',
      stages: [cursor, ...rest.map((spec) => Doc.of({ [spec.name]: spec.operand }))],
    });
  }
  return Doc.of({ ...fields, command });
}

export const explainCommands = {
  explain: { fields: ['verbosity'], run: explain } satisfies Command,
};

import type { Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

interface Stage {
  stage: string;
  inputStage?: Stage;
}

interface Explained {
  queryPlanner: { winningPlan: Stage };
  executionStats: Document;
}

const stages = ({ stage, inputStage }: Stage): string[] => [stage, ...(inputStage ? stages(inputStage) : [])];

export function explainedWritesContract({ db, fresh }: MongodbUnderTest): void {
  describe('explain of a write', () => {
    it('shows the plan under the stage of the write, counts what it would do, and does nothing', async () => {
      const c = await fresh(Array.from({ length: 1000 }, (_, i) => ({ _id: i, team: `t${i % 10}`, due: i })));
      await c.createIndex({ team: 1 });
      const explain = async (command: Document) =>
        (await db().command({ explain: command, verbosity: 'executionStats' })) as unknown as Explained;
      const of = c.collectionName;
      const update = await explain({
        update: of,
        updates: [{ q: { team: 't1' }, u: { $set: { team: 't1', due: -1 } }, multi: true }],
      });
      expect(stages(update.queryPlanner.winningPlan)).toEqual(['UPDATE', 'FETCH', 'IXSCAN']);
      expect(update.executionStats).toMatchObject({
        nReturned: 0,
        totalDocsExamined: 100,
        executionStages: { stage: 'UPDATE', nMatched: 100, nWouldModify: 100, nWouldUpsert: 0 },
      });
      const one = await explain({ delete: of, deletes: [{ q: { team: 't1' }, limit: 1 }] });
      expect(stages(one.queryPlanner.winningPlan)).toEqual(['DELETE', 'FETCH', 'IXSCAN']);
      expect(one.executionStats).toMatchObject({ executionStages: { stage: 'DELETE', nWouldDelete: 1 } });
      const upsert = await explain({
        findAndModify: of,
        query: { _id: 'none' },
        update: { $set: { a: 1 } },
        upsert: true,
      });
      expect(stages(upsert.queryPlanner.winningPlan)[0]).toBe('UPDATE');
      expect(upsert.executionStats).toMatchObject({ executionStages: { nMatched: 0, nWouldUpsert: 1 } });
      expect(await c.countDocuments({ team: 't1', due: { $gte: 0 } })).toBe(100);
      expect(await codeOf(explain({ update: of, updates: [] }))).toBe(16);
    });
  });
}

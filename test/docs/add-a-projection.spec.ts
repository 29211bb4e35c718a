import { readFileSync } from 'node:fs';
import ts from 'typescript';

type Fold = (facts: unknown, event: { type: string; data: unknown }) => unknown;

/** The how-to's own code: what a reader would copy is what runs here. */
async function foldOfTheHowTo(): Promise<Fold> {
  const page = readFileSync('docs/how-to/add-a-projection.md', 'utf8');
  const block = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) =>
    code!.replaceAll(/^ {3}/gm, ''),
  )[1]!;
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(block, { compilerOptions });
  const module = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as {
    foldRoutingFacts: Fold;
  };
  return module.foldRoutingFacts;
}

describe('the how-to on adding a projection', () => {
  it('shows a fold that counts how often a complaint was routed', async () => {
    const fold = await foldOfTheHowTo();
    const history = [
      { type: 'ComplaintReceived', data: { reference: 'C-1' } },
      { type: 'ComplaintRouted', data: { team: 'plumbing' } },
      { type: 'SomethingNew', data: {} },
      { type: 'ComplaintRouted', data: { team: 'electrical' } },
    ];
    expect(history.reduce<unknown>(fold, null)).toEqual({ reference: 'C-1', timesRouted: 2 });
    expect(fold(null, history[1]!)).toBeNull();
  });
});

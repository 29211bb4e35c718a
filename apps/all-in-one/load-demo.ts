import { issueToken } from '#libs/auth/index.js';
import { demoComplaints } from '#libs/demo-data/index.js';
import { sendImport } from '#libs/importing/index.js';
import type { Settings } from '#libs/settings/index.js';
import type { RunningProduct } from './start-product.js';
import { readDemoMark, writeDemoMark } from './demo-mark.js';

const EVERY = 100;

/** Sends generated complaints through the import of the running product, as an upstream service would. */
export async function loadDemo(
  settings: Settings,
  { url, escalateTold }: Pick<RunningProduct, 'url' | 'escalateTold'>,
  complaints: number,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const mark = (await readDemoMark(settings.dataDir)) ?? { complaints, until: Date.now(), loaded: false };
  if (mark.loaded) {
    say('The generated complaints are there already.');
    return;
  }
  await writeDemoMark(settings.dataDir, mark);
  if (settings.oidc) {
    say('OIDC_ISSUER is set: no demo is loaded, since this installation signs no tokens.');
    return;
  }
  const token = await issueToken({
    dataDir: settings.dataDir,
    sub: 'demo',
    name: 'Demo data',
    roles: ['service'],
  });
  let told = 0;
  let lines = 0;
  const ids = new Set<string>();
  let refused = 0;
  function* linesOf(): Generator<string> {
    for (const story of demoComplaints(mark.complaints, mark.until)) {
      told += 1;
      for (const line of story) yield JSON.stringify(line);
      if (told % EVERY === 0) say(`  ${told} of ${mark.complaints} complaints told`);
    }
  }
  for await (const answer of sendImport({ url, token, signal }, linesOf())) {
    lines += 1;
    if (answer.status === 'refused') refused += 1;
    else if ('id' in answer && typeof answer.id === 'string') ids.add(answer.id);
  }
  // What is open and late by now escalates at once: nothing more of these histories will come in.
  for (const id of ids) if (!signal.aborted) await escalateTold(id);
  if (signal.aborted) return;
  await writeDemoMark(settings.dataDir, { ...mark, loaded: true });
  say(`${told} generated complaints loaded: ${lines} commands, ${refused} refused. Look at ${url}/api/docs`);
}

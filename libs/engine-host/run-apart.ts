import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * What a script says of a folder as JSON, in a process of its own: on some damage LMDB returns no error, but aborts, or reads
 * where nothing is.
 * @throws an error whose message is the script's own word, or what ended it
 */
export async function runApart(script: string, dir: string): Promise<unknown> {
  let output: string;
  try {
    output = (await promisify(execFile)(process.execPath, [script, dir], { maxBuffer: 16 * 1024 * 1024 }))
      .stdout;
  } catch (error) {
    const { stderr = '', signal } = error as { stderr?: string; signal?: string };
    const lines = stderr.trim().split('\n');
    const words = lines.find((line) => /^\w*Error: /.test(line)) ?? lines[0];
    throw new Error(words || `reading it ended by ${signal ?? 'an error'}`, { cause: error });
  }
  return JSON.parse(output);
}

import type { Command } from 'commander';

/** How a command reaches the product it talks to. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'where the product answers (default: the instance running on DATA_DIR)')
    .option('--token <token>', 'default: COMPLAINTS_TOKEN, else one signed with the key under DATA_DIR');
}

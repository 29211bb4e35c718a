import type { Command } from 'commander';
import { TOKEN_ROLES, issueToken } from '#libs/auth/index.js';
import { readSettings } from '#libs/settings/index.js';
import { UsageError } from '../output/failures.js';

interface TokenOptions {
  readonly role: string[];
  readonly sub: string;
  readonly name?: string;
  readonly team?: string;
  readonly expiresIn?: string;
  readonly json?: boolean;
}

export function addToken(program: Command): void {
  program
    .command('token')
    .description('Print a token signed with the key of this installation (DATA_DIR).')
    .requiredOption('--role <role...>', `one or more of ${TOKEN_ROLES.join(', ')}`)
    .requiredOption('--sub <id>', 'who it stands for')
    .option('--name <name>', 'name that histories show (default: the sub)')
    .option('--team <code>', 'team of an officer')
    .option('--expires-in <time>', 'a number with s, m, h or d', '12h')
    .option('--json', 'as {"token": "…"}')
    .action(async ({ role, sub, name, team, expiresIn, json }: TokenOptions) => {
      const { dataDir, oidc } = readSettings(process.env);
      if (oidc)
        throw new UsageError(
          'OIDC_ISSUER is set: tokens come from that issuer, this installation signs none.',
        );
      const roles = role.flatMap((text) => text.split(','));
      const token = await issueToken({ dataDir, sub, roles, name, team, expiresIn });
      console.log(json ? JSON.stringify({ token }) : token);
    });
}

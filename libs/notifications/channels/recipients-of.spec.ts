import { readSettings } from '#libs/settings/index.js';
import { recipientsOf } from './recipients-of.js';

function find(to: string, whom: string, team?: string): readonly string[] {
  const env = { NOTIFY_SMTP_URL: 'smtp://mail.example', NOTIFY_FROM: 'a@firm.example', NOTIFY_TO: to };
  return recipientsOf(readSettings(env).notify!.smtp!.to, whom, team);
}

describe('The recipients of a notification', () => {
  const to =
    'team:plumbing=usta@firm.example,sef@firm.example; team={team}@firm.example; supervisor=s@firm.example';

  it('are those of the team itself before those of all teams', () => {
    expect(find(to, 'team', 'plumbing')).toEqual(['usta@firm.example', 'sef@firm.example']);
    expect(find(to, 'team', 'electric')).toEqual(['electric@firm.example']);
  });

  it('are those of the name in the policy, or the address that stands there itself', () => {
    expect(find(to, 'supervisor')).toEqual(['s@firm.example']);
    expect(find(to, 'ceo@firm.example')).toEqual(['ceo@firm.example']);
  });

  it('are everybody else’s when nothing else fits, be it that no team has the complaint yet', () => {
    expect(find(to, 'management')).toEqual([]);
    expect(find(`${to}; *=office@firm.example`, 'management')).toEqual(['office@firm.example']);
    expect(find(`${to}; *=office@firm.example`, 'team')).toEqual(['office@firm.example']);
    expect(find('*={whom}@firm.example', 'management')).toEqual(['management@firm.example']);
  });

  it('are nobody where a name makes no address', () => {
    expect(find('*={whom}@firm.example', 'the management, all of it')).toEqual([]);
  });
});

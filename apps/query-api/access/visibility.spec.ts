import type { Caller, TokenRole } from '#libs/auth/index.js';
import { refuseOtherTeams, visibilityOf } from './visibility.js';

const caller = (roles: readonly TokenRole[], team?: string): Caller => ({ sub: 'x', name: 'X', roles, team });

describe('What a caller gets to see', () => {
  it.each(['agent', 'supervisor', 'auditor', 'admin'] as const)('as %s is everything', (role) => {
    expect(visibilityOf(caller([role]))).toEqual({ personal: true });
  });

  it.each(['analyst', 'service'] as const)('as %s is every complaint without personal data', (role) => {
    expect(visibilityOf(caller([role]))).toEqual({ personal: false });
  });

  it('as officer is what the own team has or had', () => {
    const visibility = visibilityOf(caller(['officer'], 'plumbing'));
    expect(visibility).toEqual({ personal: true, team: 'plumbing' });
    expect(() => {
      refuseOtherTeams(visibility, ['electrical', 'plumbing']);
    }).not.toThrow();
    expect(() => {
      refuseOtherTeams(visibility, ['electrical']);
    }).toThrow(expect.objectContaining({ code: 'not-your-team' }));
  });

  it('as officer of no team is nothing', () => {
    const visibility = visibilityOf(caller(['officer']));
    expect(() => {
      refuseOtherTeams(visibility, ['plumbing']);
    }).toThrow(expect.objectContaining({ code: 'not-your-team' }));
  });

  it('follows the role that sees most complaints, and does not add one role’s texts to another’s complaints', () => {
    expect(visibilityOf(caller(['officer', 'agent'], 'plumbing'))).toEqual({ personal: true });
    expect(visibilityOf(caller(['officer', 'analyst'], 'plumbing'))).toEqual({ personal: false });
  });
});

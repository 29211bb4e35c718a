import { AccessDeniedError, actorFor, actorsFor, type Caller } from './caller.js';
import { callerFromClaims } from './claims.js';
import type { TokenRole } from './roles.js';

function caller(...roles: TokenRole[]): Caller {
  return { sub: 'ayse', name: 'Ayşe', roles, team: 'plumbing' };
}

describe('who an event names', () => {
  it('is the caller in the role that lets them in', () => {
    expect(actorFor(caller('analyst', 'agent'), ['agent', 'service'])).toEqual({
      sub: 'ayse',
      name: 'Ayşe',
      role: 'agent',
    });
  });

  it('is an officer with the team, and nobody else has one', () => {
    expect(actorFor(caller('officer'), ['agent', 'officer'])).toMatchObject({
      role: 'officer',
      team: 'plumbing',
    });
    expect(actorFor(caller('agent'), ['agent', 'officer'])).not.toHaveProperty('team');
  });

  it('is a supervisor wherever agents are allowed, even when they carry both roles', () => {
    expect(actorFor(caller('supervisor'), ['agent']).role).toBe('supervisor');
    expect(actorFor(caller('agent', 'supervisor'), ['agent', 'supervisor']).role).toBe('supervisor');
    expect(() => actorFor(caller('supervisor'), ['officer'])).toThrow(AccessDeniedError);
  });

  it('may be one of several, in the order in which the command names its roles', () => {
    const roles = actorsFor(caller('agent', 'officer'), ['officer', 'agent']).map(({ role }) => role);
    expect(roles).toEqual(['officer', 'agent']);
  });

  it('is nobody when no role fits', () => {
    expect(() => actorFor(caller('analyst'), ['agent', 'officer'])).toThrow('needed: agent or officer');
    expect(() => actorFor(caller('admin'), [])).toThrow('Nobody may do this.');
  });
});

describe('claims', () => {
  const claims = { sub: 'ayse', name: 'Ayşe', roles: ['officer'], team: 'plumbing' };

  it('tell who calls', () => {
    expect(callerFromClaims(claims)).toEqual(caller('officer'));
  });

  it('without a name call somebody by their sub', () => {
    expect(callerFromClaims({ ...claims, name: undefined }).name).toBe('ayse');
    expect(callerFromClaims({ ...claims, name: '  ' }).name).toBe('ayse');
  });

  it('may hold roles of other systems, but never make anybody the system itself', () => {
    expect(
      callerFromClaims({ ...claims, roles: ['offline_access', 'officer', 'system', 7, 'officer'] }).roles,
    ).toEqual(['officer']);
  });

  it.each([{ sub: '' }, { sub: 7 }, { sub: 'x'.repeat(256) }, { roles: undefined }, { roles: 'agent' }])(
    'with %j are refused',
    (wrong) => {
      expect(() => callerFromClaims({ ...claims, ...wrong })).toThrow(/The token does not/);
    },
  );

  it('with a team that is no code name none', () => {
    expect(callerFromClaims({ ...claims, team: 'Su Tesisatı' })).not.toHaveProperty('team');
  });
});

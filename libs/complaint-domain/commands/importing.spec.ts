import { fatma, given, mehmet, receiveBody, told, webForm, zeynep } from '#libs/testing/complaint-stories.js';

const result = { outcome: 'fixed', explanation: 'Conta değişti' } as const;

describe('Importing a history', () => {
  const importer = { by: webForm, importing: true };

  it('judges people of the other system as people', () => {
    expect(given(...told.open).when('resolve', result, { by: mehmet, importing: true }).decision.ok).toBe(
      true,
    );
    given(...told.open)
      .when('resolve', result, { by: zeynep, importing: true })
      .thenRejected('not-your-team');
    given(...told.resolved)
      .when('confirm', {}, { by: { ...fatma, sub: 'mehmet' }, importing: true })
      .thenRejected('four-eyes');
  });

  it('lets the service stand for people whose role is not known', () => {
    given(...told.routed)
      .when('open', {}, importer)
      .then({ type: 'ActivityOpened', data: { team: 'plumbing', officer: 'web-form' } });
    expect(given(...told.open).when('resolve', result, importer).decision.ok).toBe(true);
    expect(given(...told.confirmed).when('close', {}, importer).decision.ok).toBe(true);
  });

  it('is more than a service may otherwise do', () => {
    given(...told.routed)
      .when('open', {}, { by: webForm })
      .thenRejected('wrong-role');
    expect(given().when('receive', receiveBody, { by: webForm }).decision.ok).toBe(true);
  });
});

describe('A command on a complaint that does not exist', () => {
  it('is told so, after the role', () => {
    given().when('close', {}, { by: fatma }).thenRejected('unknown-complaint', { kind: 'not-found' });
    given().when('close', {}, { by: mehmet }).thenRejected('wrong-role');
  });
});

describe('A command that is none', () => {
  it('is refused, not thrown', () => {
    given()
      .when('explode' as 'close', {}, { by: fatma })
      .thenRejected('unknown-command');
    given()
      .when('toString' as 'close', {}, { by: fatma })
      .thenRejected('unknown-command');
    given(...told.confirmed)
      .when('close', undefined as never, { by: fatma })
      .thenRejected('required');
    given()
      .when('receive', {} as never, { by: fatma })
      .thenRejected('required');
    given().when('receive', receiveBody, { by: fatma, now: 'noon' }).thenRejected('invalid-instant');
  });
});

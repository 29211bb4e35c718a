import { readFileSync } from 'node:fs';
import { createEventLogReader } from './event-log-reader.js';
import type { EventLogMapping } from './event-log-mapping.js';

const mapping = JSON.parse(
  readFileSync(new URL('../../../docs/how-to/helpdesk-mapping.json', import.meta.url), 'utf8'),
) as EventLogMapping;

/** Reads one case, an hour between its activities, and tells the commands of each row. */
function commandsOf(...rows: readonly (readonly [activity: string, resource: string])[]): string[] {
  const read = createEventLogReader(mapping);
  return rows.map(([activity, resource], index) => {
    const at = new Date(Date.UTC(2012, 0, 2, 8 + index)).toISOString();
    const reading = read({ line: index + 2, caseId: 'Case 1', activity, resource, at });
    return reading.kind === 'lines' ? reading.lines.map(({ command }) => command).join('+') : reading.kind;
  });
}

describe('a help-desk log read as commands', () => {
  it('receives, takes in charge, resolves, and closes after confirming', () => {
    expect(
      commandsOf(
        ['Assign seriousness', 'Value 1'],
        ['Take in charge ticket', 'Value 1'],
        ['Resolve ticket', 'Value 1'],
        ['Closed', 'Value 5'],
      ),
    ).toEqual(['receive', 'route+open', 'resolve', 'confirm+close']);
  });

  it('counts the first seriousness after an insertion as part of the reception, later ones as a higher priority', () => {
    expect(
      commandsOf(['Insert ticket', 'a'], ['Assign seriousness', 'a'], ['Assign seriousness', 'a']),
    ).toEqual(['receive', 'merged', 'prioritise']);
  });

  it('pauses while waiting, until whatever comes next', () => {
    expect(
      commandsOf(
        ['Assign seriousness', 'a'],
        ['Take in charge ticket', 'a'],
        ['Wait', 'a'],
        ['Take in charge ticket', 'a'],
      ),
    ).toEqual(['receive', 'route+open', 'pause', 'resume']);
  });

  it('routes again when another resource takes it in charge, and does nothing when the same does', () => {
    expect(
      commandsOf(
        ['Assign seriousness', 'a'],
        ['Take in charge ticket', 'a'],
        ['Take in charge ticket', 'b'],
        ['Take in charge ticket', 'b'],
      ),
    ).toEqual(['receive', 'route+open', 'route+open', 'merged']);
  });

  it('rejects the result when work goes on after it', () => {
    expect(
      commandsOf(
        ['Assign seriousness', 'a'],
        ['Take in charge ticket', 'a'],
        ['Resolve ticket', 'a'],
        ['Take in charge ticket', 'a'],
        ['Resolve ticket', 'a'],
        ['Wait', 'a'],
      ),
    ).toEqual(['receive', 'route+open', 'resolve', 'reject', 'resolve', 'reject+pause']);
  });

  it('re-opens what goes on after closing', () => {
    expect(
      commandsOf(
        ['Assign seriousness', 'a'],
        ['Resolve ticket', 'a'],
        ['Closed', 'b'],
        ['Take in charge ticket', 'a'],
        ['Resolve ticket', 'a'],
        ['Closed', 'b'],
      ),
    ).toEqual(['receive', 'resolve', 'confirm+close', 'reopen+route+open', 'resolve', 'confirm+close']);
  });

  it('still sends what the rules will refuse, so that it is refused by name', () => {
    expect(commandsOf(['Take in charge ticket', 'a'])).toEqual(['route']);
    expect(commandsOf(['Assign seriousness', 'a'], ['Closed', 'b'])).toEqual(['receive', 'close']);
  });

  it('tells four eyes apart by the resource, also when it acts as agent and as officer', () => {
    const rows = [
      ['Assign seriousness', 'a'],
      ['Take in charge ticket', 'a'],
      ['Resolve ticket', 'a'],
    ] as const;
    expect(commandsOf(...rows, ['Closed', 'a']).at(-1)).toBe('confirm');
    expect(commandsOf(...rows, ['Closed', 'b']).at(-1)).toBe('confirm+close');
  });

  it('names activities that the mapping does not know', () => {
    expect(commandsOf(['VERIFIED', 'a'])).toEqual(['unknown-activity']);
  });
});

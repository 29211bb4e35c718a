import type { Actor, Channel, Priority } from '#libs/event-contracts/index.js';
import type { ImportCommand, ImportLine } from '#libs/importing/index.js';
import { AGENTS, CUSTOMERS, OFFICERS_PER_TEAM } from './people.js';
import type { Random } from './random.js';
import { PROJECTS, SCENES } from './scenes.js';
import { afterWorkingHours } from './working-hours.js';

const MINUTE = 60_000;
/** So that an agent may: within the 14 days of the default policy. */
const MOST_HOURS_TO_REOPEN = 60;

const CHANNELS: readonly [Channel, ...Channel[]] = [
  'phone', 'phone', 'phone', 'phone', 'email', 'email', 'web-form', 'web-form', 'live-chat', 'sales-office',
  'site-management', 'letter', 'social', 'fax', 'event',
]; // prettier-ignore
const PRIORITIES: readonly [Priority, ...Priority[]] = [
  'normal',
  'normal',
  'normal',
  'low',
  'high',
  'urgent',
];

/** One complaint from the first contact on, told up to `until`: what would come later has not happened yet. */
export function tellComplaint(
  random: Random,
  externalId: string,
  contactedAt: number,
  until: number,
): ImportLine[] {
  const lines: ImportLine[] = [];
  const language = random.chance(0.75) ? 'tr' : 'en';
  const scene = random.pick(SCENES);
  const [subject, description, explanation] = scene[language];
  const say = (turkish: string, english: string): string => (language === 'tr' ? turkish : english);

  const agents = AGENTS.map(agentNamed);
  const firstAgent = random.pick(agents as [Actor, ...Actor[]]);
  const secondAgent = agents[(agents.indexOf(firstAgent) + 1) % agents.length] ?? firstAgent;
  const officer = officerOf(scene.team, random.between(1, OFFICERS_PER_TEAM));
  let at = contactedAt;

  /** Tells the next fact after so many working hours; false once the story has reached the present. */
  const tell = (
    command: ImportCommand,
    actor: Actor,
    hours: number,
    body: ImportLine['body'] = {},
  ): boolean => {
    at = Math.max(at + MINUTE, afterWorkingHours(at, hours));
    if (at > until) return false;
    lines.push({ command, body, occurredAt: new Date(at).toISOString(), actor, externalId });
    return true;
  };

  const people = CUSTOMERS[language];
  const channel = random.pick(CHANNELS);
  const priority = random.pick(PRIORITIES);
  const number = random.between(1, 900);
  const received = tell(
    'receive',
    firstAgent,
    random.wait(['phone', 'live-chat'].includes(channel) ? 0.08 : 0.5),
    {
      customer: {
        ref: `crm-${number}`,
        kind: random.pick(['owner', 'owner', 'tenant', 'prospect']),
        name: `${people.given[number % people.given.length] ?? ''} ${people.family}`,
        phone: `+90 555 ${String(1_000_000 + number * 7).slice(0, 7)}`,
        email: `customer-${number}@mail.example`,
        locale: people.locale,
      },
      property: {
        project: random.pick(PROJECTS),
        block: random.pick(['A', 'B', 'C']),
        unit: String(random.between(1, 60)),
      },
      channel,
      contactedAt: new Date(contactedAt).toISOString(),
      callTree: scene.callTree,
      priority,
      subject,
      description,
      ...(random.chance(0.2)
        ? { requestedRemedy: say('Bir an önce giderilmesi', 'To have it mended soon') }
        : {}),
    },
  );
  if (!received) return lines;

  if (random.chance(0.04)) {
    tell('withdraw', firstAgent, random.wait(5), {
      reason: say('Müşteri vazgeçti', 'The customer withdrew it'),
    });
    return lines;
  }

  const onTheSpot = random.chance(0.12);
  if (onTheSpot) {
    const body = { outcome: 'explained', explanation, category: scene.category };
    if (!tell('resolve', firstAgent, random.wait(0.3), body)) return lines;
  } else {
    if (!tell('route', firstAgent, random.wait(1), { team: scene.team })) return lines;
    if (!tell('open', officer, random.wait(3))) return lines;
    if (!workOn()) return lines;
  }
  if (!settle()) return lines;
  if (random.chance(0.08)) {
    const reason = say('Sorun yeniden başladı', 'It has begun again');
    if (!tell('reopen', secondAgent, Math.min(MOST_HOURS_TO_REOPEN, random.wait(20)), { reason }))
      return lines;
    if (!tell('route', firstAgent, random.wait(1), { team: scene.team })) return lines;
    if (!tell('open', officer, random.wait(3))) return lines;
    if (!workOn() || !settle()) return lines;
  }
  survey();
  return lines;

  function settle(): boolean {
    return tell('confirm', secondAgent, random.wait(3)) && tell('close', secondAgent, random.wait(3));
  }

  function workOn(): boolean {
    if (priority !== 'urgent' && random.chance(0.15)) {
      const reason = say('Parlayan bir sorun, öne alındı', 'Getting worse, moved up');
      if (!tell('prioritise', firstAgent, random.wait(1), { priority: 'urgent', reason }) && at > until)
        return false;
    }
    if (
      !tell('actions', officer, random.wait(5), {
        kind: 'visit',
        description: say('Yerinde inceleme', 'Visit'),
      })
    )
      return false;
    if (random.chance(0.25)) {
      if (!tell('pause', officer, 1, { reason: say('Müşteri şehir dışında', 'Customer is out of town') }))
        return false;
      if (!tell('resume', officer, random.wait(12))) return false;
    }
    const outcome = random.pick(['fixed', 'fixed', 'fixed', 'compensated', 'explained', 'rejected']);
    const body = { outcome, explanation, category: scene.category };
    if (!tell('resolve', officer, random.wait(14), body)) return false;
    if (!random.chance(0.14)) return true;
    if (!tell('reject', secondAgent, random.wait(4), { reason: say('Sorun sürüyor', 'It is still there') }))
      return false;
    return tell('resolve', officer, random.wait(9), body);
  }

  function survey(): void {
    const unanswered = random.pick([0, 0, 1, 1, 2, 3]);
    for (let attempt = 0; attempt < unanswered; attempt += 1) {
      if (
        !tell('survey-attempts', secondAgent, random.wait(9), { outcome: random.pick(['no-answer', 'busy']) })
      )
        return;
    }
    if (unanswered === 3) return;
    const mood = random.between(2, 5);
    const score = (): number => Math.max(1, Math.min(5, mood + random.between(-1, 1)));
    tell('survey', secondAgent, random.wait(9), {
      scores: {
        solution: score(),
        technique: score(),
        attention: score(),
        quality: score(),
        duration: random.chance(0.1) ? null : score(),
      },
      overall: score(),
      ...(random.chance(0.3) ? { comment: say('İlginize teşekkürler', 'Thank you for your care') } : {}),
      questionnaireVersion: '1',
    });
  }
}

function agentNamed(sub: string): Actor {
  return { sub, name: sub, role: 'agent' };
}

function officerOf(team: string, number: number): Actor {
  const sub = `${team}-officer-${number}`;
  return { sub, name: sub, role: 'officer', team };
}

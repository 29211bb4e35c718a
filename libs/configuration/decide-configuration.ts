import {
  type ConfigurationDecision,
  type TreeContext,
  defineCalendar,
  defineCallTreeNode,
  defineCategory,
  defineTeam,
  publishPolicy,
} from '#libs/complaint-domain/index.js';
import { calendar, type ConfigurationModel, type Definitions } from '#libs/configuration-model/index.js';
import { type Actor, SLA_POLICY_STREAM, STREAM_PREFIXES } from '#libs/event-contracts/index.js';
import { instantOf, validateCalendar, validatePolicy } from '#libs/service-time/index.js';
import { knowsHolidaysOf, withPublicHolidays } from '#libs/service-time/holidays/index.js';
import type { ConfigurationCommand } from './configuration-command.js';

/** Where a definition goes, and how many versions of it there are. */
export interface DefinitionPlace {
  readonly code: string;
  readonly streamId: string;
  readonly versions: number;
  /** Numbers (from 0) of those that never came into force, since another definition came first. */
  readonly outOfForce: readonly number[];
}

export function placeOf(command: ConfigurationCommand, model: ConfigurationModel): DefinitionPlace {
  const place = (prefix: string, definitions: Definitions<unknown>, code: string): DefinitionPlace => ({
    code,
    streamId: `${prefix}${code}`,
    versions: definitions.history.get(code)?.length ?? 0,
    outOfForce: (definitions.history.get(code) ?? []).flatMap(({ closesCircle }, revision) =>
      closesCircle === true ? [revision] : [],
    ),
  });
  switch (command.type) {
    case 'defineCallTreeNode':
      return place(STREAM_PREFIXES.callTree, model.callTree, command.data.code);
    case 'defineCategory':
      return place(STREAM_PREFIXES.category, model.categories, command.data.code);
    case 'defineTeam':
      return place(STREAM_PREFIXES.team, model.teams, command.data.code);
    case 'defineCalendar':
      return place(STREAM_PREFIXES.calendar, model.calendars, command.data.code);
    case 'publishSlaPolicy':
      return {
        code: 'default',
        streamId: SLA_POLICY_STREAM,
        versions: model.policies.length,
        outOfForce: [],
      };
  }
}

/** Judges a definition against the configuration in force; the holiday library is asked here, once, at publication. */
export function decideConfiguration(
  command: ConfigurationCommand,
  model: ConfigurationModel,
  actor: Actor,
  now: string,
): ConfigurationDecision {
  const envelope = { actor, now };
  switch (command.type) {
    case 'defineCallTreeNode':
      return defineCallTreeNode(command.data, envelope, treeContext(model.callTree, command.data.code));
    case 'defineCategory':
      return defineCategory(command.data, envelope, treeContext(model.categories, command.data.code));
    case 'defineTeam':
      return defineTeam(command.data, envelope, treeContext(model.teams, command.data.code));
    case 'defineCalendar': {
      const { code, ...definition } = command.data;
      const problems = validateCalendar(definition, knowsHolidaysOf, instantOf(now));
      const whole =
        problems.length > 0 ? definition : withPublicHolidays(definition, Number(now.slice(0, 4)));
      const current = model.calendars.newest.get(code);
      return defineCalendar({ code, ...whole }, envelope, { problems, ...(current ? { current } : {}) });
    }
    case 'publishSlaPolicy': {
      const newest = model.policies.at(-1)?.data;
      const problems = validatePolicy(command.data, {
        nodes: model.callTree.newest,
        teams: new Set(model.teams.newest.keys()),
        calendar: (code) => calendar(model, code),
        now: instantOf(now),
      });
      return publishPolicy(command.data, envelope, { problems, ...(newest ? { newest } : {}) });
    }
  }
}

function treeContext<Data extends { readonly parent?: string }>(
  definitions: Definitions<Data>,
  code: string,
): TreeContext<Data> {
  const current = definitions.newest.get(code);
  return {
    ...(current ? { current } : {}),
    has: (other) => definitions.newest.has(other),
    parentOf: (other) => definitions.newest.get(other)?.parent,
  };
}

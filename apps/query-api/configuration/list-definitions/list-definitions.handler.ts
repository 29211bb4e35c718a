import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  policyInForceAt,
  type ConfigurationModel,
  type Definitions,
  type Version,
} from '#libs/configuration-model/index.js';
import { instant, rulesFrom, toIso } from '#libs/service-time/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import {
  ListDefinitionsQuery,
  type DefinitionBody,
  type DefinitionKind,
  type DefinitionPageBody,
} from './list-definitions.query.js';

@QueryHandler(ListDefinitionsQuery)
export class ListDefinitionsHandler implements IQueryHandler<ListDefinitionsQuery> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  execute({ kind, history }: ListDefinitionsQuery): Promise<DefinitionPageBody> {
    const { current } = this.parts.configuration;
    const items = history ? historyOf(current, kind) : this.inForce(current, kind);
    return Promise.resolve({ items, nextCursor: null });
  }

  private inForce(model: ConfigurationModel, kind: DefinitionKind): readonly DefinitionBody[] {
    if (kind !== 'slaPolicies') return [...versionsOf(model, kind)].map((versions) => newest(versions));
    const policy = policyInForceAt(model, instant(this.parts.now().getTime()));
    return policy === undefined ? [] : [bodyOf(policy)];
  }
}

function versionsOf(
  model: ConfigurationModel,
  kind: Exclude<DefinitionKind, 'slaPolicies'>,
): Iterable<readonly Version<object>[]> {
  const definitions: Definitions<object> = model[kind];
  return [...definitions.history].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, versions]) => versions);
}

function newest(versions: readonly Version<object>[]): DefinitionBody {
  const last = versions.findLast(({ closesCircle }) => closesCircle !== true);
  return last === undefined ? {} : bodyOf(last);
}

function bodyOf({ data, version }: Version<object>): DefinitionBody {
  return { ...data, version };
}

function historyOf(model: ConfigurationModel, kind: DefinitionKind): readonly DefinitionBody[] {
  if (kind !== 'slaPolicies') return [...versionsOf(model, kind)].flat().map(entryOf);
  return model.policies.map((policy) => ({ ...entryOf(policy), inForceFrom: toIso(rulesFrom(policy)) }));
}

function entryOf(one: Version<object>): DefinitionBody {
  return {
    ...bodyOf(one),
    publishedAt: one.recordedAt,
    publishedBy: one.publishedBy,
    position: one.position,
    ...(one.closesCircle && { closesCircle: true }),
  };
}

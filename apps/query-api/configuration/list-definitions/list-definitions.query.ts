import { Query } from '@nestjs/cqrs';

export const DEFINITION_KINDS = ['callTree', 'categories', 'teams', 'calendars', 'slaPolicies'] as const;
export type DefinitionKind = (typeof DEFINITION_KINDS)[number];

/** A definition with the version it has; in a history also when it was published and by whom. */
export type DefinitionBody = Readonly<Record<string, unknown>>;

export interface DefinitionPageBody {
  readonly items: readonly DefinitionBody[];
  /** Always null: a configuration fits into one page. */
  readonly nextCursor: null;
}

export class ListDefinitionsQuery extends Query<DefinitionPageBody> {
  constructor(
    readonly kind: DefinitionKind,
    readonly history: boolean,
  ) {
    super();
  }
}

import { QueryFlag } from '#libs/http/index.js';

export class ListDefinitionsDto {
  @QueryFlag({
    description: 'Every version with when and by whom it was published, instead of what is in force',
  })
  history?: boolean;
}

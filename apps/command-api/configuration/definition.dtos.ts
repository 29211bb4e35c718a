import { IsFlag, IsCode, IsListOfTexts, IsNested, IsText } from '#libs/http/index.js';

export class NamesDto {
  @IsText({ max: 200, example: 'Sıhhi tesisat' })
  tr!: string;

  @IsText({ max: 200, example: 'Plumbing' })
  en!: string;
}

/** A node of the call tree or a complaint category. */
export class TreeEntryDto {
  @IsNested(() => NamesDto)
  names!: NamesDto;

  @IsCode({ optional: true, description: 'Code of the entry above it.', example: 'defects' })
  parent?: string;

  @IsFlag({ optional: true, description: 'Default: true. What is inactive takes no new complaints.' })
  active?: boolean;
}

export class TeamDto extends TreeEntryDto {
  @IsListOfTexts({
    optional: true,
    max: 1000,
    what: 'the sub of an officer, 1 to 255 characters',
    test: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 255,
    example: ['mehmet'],
  })
  members?: string[];
}

// The text of docs/reference/events.md.

/** @returns {string} the page, from the compiled contracts, the domain's diagram and the golden examples */
export function eventCatalogue(contracts, domain, example) {
  const { COMPLAINT_EVENT_TYPES, CONFIGURATION_EVENT_TYPES, METADATA_SCHEMA } = contracts;
  const section = (type) => eventSection(contracts, type, example);
  return [
    '# Events',
    '<!-- Made by `npm run generate:events`; change the contracts, not this page. -->',
    'What the log holds, as it is stored. A field marked **personal** is plain inside the command side only: in the log and in ' +
      "read models it is sealed with the customer's key, `sealed:1:<key>:<ciphertext>`. A reader brings older versions to the " +
      'newest one, and skips types that it does not know. The schemas are in [schemas/](schemas/).',
    '## Streams',
    'A complaint is the stream `complaint-<uuid>`. The configuration lies in `callTree-<code>`, `category-<code>`, ' +
      '`team-<code>`, `calendar-<code>` and `slaPolicy-default`; the newest event of a stream is in force.',
    '## Metadata of every event',
    `${METADATA_SCHEMA.description} Schema: [metadata.json](schemas/metadata.json).`,
    fieldTable(METADATA_SCHEMA, new Set()),
    '## The way of a complaint',
    stateDiagram(domain.STATUS_TRANSITIONS),
    'All other events leave the status as it is.',
    '## Events of a complaint',
    ...COMPLAINT_EVENT_TYPES.flatMap(section),
    '## Events of the configuration',
    ...CONFIGURATION_EVENT_TYPES.flatMap(section),
  ]
    .join('\n\n')
    .concat('\n');
}

function eventSection(contracts, type, example) {
  const schemas = contracts.schemasOf(type);
  const newest = schemas.at(-1);
  const versions = schemas.map((_, index) => `[${index + 1}](schemas/${type}.v${index + 1}.json)`);
  const older = schemas.slice(0, -1).map((schema, index) => `Version ${index + 1}: ${schema.description}`);
  return [
    `### ${type}`,
    newest.description,
    `Versions: ${versions.join(', ')}.${schemas.length > 1 ? ` Written today: ${schemas.length}.` : ''}`,
    ...older,
    fieldTable(newest, new Set(contracts.personalFieldsOf(type))),
    '```json\n' + JSON.stringify(example(type, schemas.length), null, 2) + '\n```',
  ].filter((part) => part !== '');
}

function fieldTable(schema, personal) {
  const rows = fields(schema, '', true);
  if (rows.length === 0) return 'No fields.';
  const lines = rows.map(({ pointer, required, field }) => {
    const name = pointer.slice(1).replaceAll('/', '.');
    const marks = [required ? 'required' : 'optional', ...(personal.has(pointer) ? ['**personal**'] : [])];
    return `| \`${name}\` | ${kindOf(field)} | ${marks.join(', ')} | ${field.description ?? ''} |`;
  });
  return ['| field | form | | |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function fields(schema, prefix, holderRequired) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const pointer = `${prefix}/${name}`;
    const required = holderRequired && (schema.required ?? []).includes(name);
    const inner = fields(field, pointer, required);
    return inner.length > 0 ? inner : [{ pointer, required, field }];
  });
}

const FORMS = [
  ['^sealed:', 'sealed text'],
  ['^\\d{4}-\\d{2}-\\d{2}T', 'instant, UTC with milliseconds'],
  ['^\\d{4}-\\d{2}-\\d{2}$', 'date'],
  ['^P(?=.)', 'duration'],
  ['^[a-z0-9][a-z0-9-]', 'code'],
  ['^[0-9a-f]{8}-', 'UUID'],
  ['^[0-9a-f]{64}', 'SHA-256'],
  ['^([01]\\d|2[0-3])', 'local time'],
  ['^(([01]\\d|2[0-3])', 'local time to 24:00'],
];

function kindOf(field) {
  if (field.enum) return field.enum.map((word) => `\`${word}\``).join(' ');
  if (field.type === 'array') {
    if (field.prefixItems) return `[${field.prefixItems.map(kindOf).join(', ')}]`;
    return `list of ${field.items ? kindOf(field.items) : 'anything'}`;
  }
  if (field.type === 'object') {
    const names = Object.entries(field.properties ?? {}).map(([name, inner]) => `${name}: ${kindOf(inner)}`);
    if (names.length > 0) return `{${names.join(', ')}}`;
    return typeof field.additionalProperties === 'object'
      ? `${kindOf(field.propertyNames ?? {})} → ${kindOf(field.additionalProperties)}`
      : 'object';
  }
  const form = FORMS.find(([start]) => field.pattern?.startsWith(start));
  const orNull = Array.isArray(field.type) && field.type.includes('null') ? ' or null' : '';
  if (form) return form[1] + orNull;
  if (field.minimum !== undefined) return `whole number from ${field.minimum}`;
  return (
    (Array.isArray(field.type) ? field.type.filter((type) => type !== 'null').join(' or ') : field.type) +
    orNull
  );
}

function stateDiagram(transitions) {
  const lines = transitions.map(
    ({ from, event, to, when }) => `  ${from ?? '[*]'} --> ${to}: ${event}${when ? ` (${when})` : ''}`,
  );
  return ['```mermaid', 'stateDiagram-v2', ...lines, '  withdrawn --> [*]', '```'].join('\n');
}

import { PROBLEM_TYPES, problemUri, type ProblemCode } from './problem-types.js';

/** The reference page of all problems, in Markdown. */
export function problemReference(): string {
  const rows = Object.entries(PROBLEM_TYPES).map(
    ([code, { status, title, meaning }]) =>
      `| ${status} | \`${problemUri(code as ProblemCode)}\` | ${title} | ${meaning} |`,
  );
  return `# Problems

<!-- Made from libs/http/problem/problem-types.ts; a test compares them. Renew: UPDATE_REFERENCE=1 npm test -- libs/http -->

Every error is answered as \`application/problem+json\` (RFC 9457) with \`type\`, \`title\`, \`status\`, \`detail\` and
\`correlationId\` (the id that the log has it under). Decide by \`type\`: it is stable, the texts are not. It is a relative
reference, the same in every installation. \`errors\` lists \`{pointer, detail}\` for wrong input, at most 100, with JSON
pointers into the body (\`/customer/name\`) or the query (\`/limit\`). Values that were given are never repeated.

| status | type | title | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

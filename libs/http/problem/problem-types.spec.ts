import { expectReferencePage } from '#libs/testing/reference-page.js';
import { problemReference } from './problem-reference.js';

describe('the list of problems', () => {
  it('is described in docs/reference/problems.md', () => {
    expectReferencePage('docs/reference/problems.md', problemReference());
  });
});

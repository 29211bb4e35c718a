/** Another living process holds the data folder. */
export class FolderInUseError extends Error {
  readonly code = 'FOLDER_IN_USE';
  override readonly name = 'FolderInUseError';
  constructor(readonly dir: string) {
    super(
      `The data folder ${dir} is in use by another process. Stop that one first, or choose another folder.`,
    );
  }
}

export class FolderNotWritableError extends Error {
  readonly code = 'FOLDER_NOT_WRITABLE';
  override readonly name = 'FolderNotWritableError';
  constructor(
    readonly dir: string,
    readonly reason: string,
  ) {
    super(`The data folder ${dir} cannot be written: ${reason}`);
  }
}

/** What is in the folder was written by another engine, or by a version that this one does not know. */
export class FolderFormatError extends Error {
  readonly code = 'FOLDER_FORMAT';
  override readonly name = 'FolderFormatError';
  constructor(
    readonly dir: string,
    readonly reason: string,
  ) {
    super(`The data folder ${dir} cannot be opened: ${reason}`);
  }
}

const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT']);

/** Turns the file system's own codes into the word that an operator can act on. */
export function asFolderError(dir: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return unwritable.has(code) ? new FolderNotWritableError(dir, (error as Error).message) : error;
}

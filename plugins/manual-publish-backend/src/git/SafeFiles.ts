import { isError } from '@backstage/errors';
import { constants, Stats } from 'node:fs';
import {
  copyFile,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  rmdir,
  unlink,
} from 'node:fs/promises';
import path from 'node:path';
import { UnsafePathError } from './errors';
import { explainLocalFailure } from './explainFailure';

/**
 * The files of a worktree, whose content is the repository's and not to be trusted: no symbolic link in it is followed. A link
 * within a folder that is ours gives way to what is written; anywhere else it is refused.
 *
 * Paths are relative to the root, with `/`.
 */
export class SafeFiles {
  readonly #root: string;
  readonly #folders: readonly string[];
  readonly #files: readonly string[];

  /** @param options - `folders` and `files` are what may be written and removed */
  constructor(
    root: string,
    options: { folders: readonly string[]; files: readonly string[] },
  ) {
    this.#root = root;
    this.#folders = options.folders;
    this.#files = options.files;
  }

  /** Undefined where no file is there; a link counts as none. */
  async read(file: string): Promise<string | undefined> {
    const bytes = await this.readBytes(file);
    return bytes?.toString('utf8');
  }

  async readBytes(file: string): Promise<Buffer | undefined> {
    return this.#attempt(`read ${file}`, async () => {
      const found = await this.#lookThrough(file);
      return found?.isFile()
        ? readFile(this.#absolute(partsOf(file)))
        : undefined;
    });
  }

  /** @returns false where the same content was there already */
  async write(file: string, content: string | Buffer): Promise<boolean> {
    const bytes = Buffer.from(content);
    const before = await this.readBytes(file);
    if (before?.equals(bytes)) return false;
    await this.#attempt(`write ${file}`, async () => {
      const target = await this.#makePlace(file);
      const handle = await open(
        target,
        constants.O_WRONLY |
          constants.O_CREAT |
          constants.O_TRUNC |
          constants.O_NOFOLLOW,
      );
      try {
        await handle.writeFile(bytes);
      } finally {
        await handle.close();
      }
    });
    return true;
  }

  /**
   * Copies a file from elsewhere on the machine to where nothing is yet; what is there stays.
   *
   * @returns false where something was there
   */
  async copyOnce(source: string, file: string): Promise<boolean> {
    const before = await this.#attempt(`read ${file}`, () =>
      this.#lookThrough(file),
    );
    if (before?.isFile()) return false;
    await this.#attempt(`write ${file}`, async () => {
      const target = await this.#makePlace(file);
      await copyFile(source, target, constants.COPYFILE_EXCL);
    });
    return true;
  }

  /**
   * Removes a file, and the folders of ours that become empty.
   *
   * @returns false where nothing was there
   */
  async remove(file: string): Promise<boolean> {
    const parts = partsOf(file);
    this.#assertOurs(file);
    return this.#attempt(`remove ${file}`, async () => {
      const found = await this.#lookThrough(file);
      if (found === undefined || found.isDirectory()) return false;
      await unlink(this.#absolute(parts));
      for (let depth = parts.length - 1; depth > 0; depth -= 1) {
        const folder = parts.slice(0, depth);
        if (!this.#isOurs(folder.join('/'))) break;
        if (!(await removeIfEmpty(this.#absolute(folder)))) break;
      }
      return true;
    });
  }

  /** All files and links below a folder, sorted; none where it is no folder. */
  async list(folder: string): Promise<readonly string[]> {
    return this.#attempt(`list ${folder}`, async () => {
      const found = await this.#lookThrough(folder);
      if (!found?.isDirectory()) return [];
      const root = this.#absolute(partsOf(folder));
      const entries = await readdir(root, {
        recursive: true,
        withFileTypes: true,
      });
      return entries
        .filter(entry => !entry.isDirectory())
        .map(entry => {
          const parent = path.relative(this.#root, entry.parentPath);
          return [...parent.split(path.sep), entry.name].join('/');
        })
        .sort();
    });
  }

  /** Makes the folders above a file, and takes away what is in the way of it. */
  async #makePlace(file: string): Promise<string> {
    this.#assertOurs(file);
    const parts = partsOf(file);
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth);
      const found = await this.#look(folder);
      if (found && !found.isDirectory()) await this.#clear(folder);
      if (!found?.isDirectory()) await mkdir(this.#absolute(folder));
    }
    const found = await this.#look(parts);
    if (found && !found.isFile()) await this.#clear(parts);
    return this.#absolute(parts);
  }

  async #clear(parts: readonly string[]): Promise<void> {
    const inTheWay = parts.join('/');
    if (!this.#isWithinFolders(inTheWay)) {
      throw new UnsafePathError(
        `${inTheWay} in the repository is a link or no folder, and publishing does not write through it: replace it`,
      );
    }
    await rm(this.#absolute(parts), { recursive: true });
  }

  async #lookThrough(file: string): Promise<Stats | undefined> {
    const parts = partsOf(file);
    for (let depth = 1; depth < parts.length; depth += 1) {
      const found = await this.#look(parts.slice(0, depth));
      if (!found?.isDirectory()) return undefined;
    }
    return this.#look(parts);
  }

  async #look(parts: readonly string[]): Promise<Stats | undefined> {
    try {
      return await lstat(this.#absolute(parts));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  #assertOurs(file: string): void {
    if (!this.#isOurs(file)) {
      throw new UnsafePathError(`${file} is not to be written by this job`);
    }
  }

  #isOurs(file: string): boolean {
    return this.#files.includes(file) || this.#isWithinFolders(file);
  }

  #isWithinFolders(file: string): boolean {
    return this.#folders.some(
      folder => file === folder || file.startsWith(`${folder}/`),
    );
  }

  #absolute(parts: readonly string[]): string {
    return path.join(this.#root, ...parts);
  }

  async #attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainLocalFailure(error, what);
    }
  }
}

/** @throws UnsafePathError - where it would leave the root or reach into git's own files */
function partsOf(file: string): readonly string[] {
  const parts = file.split('/');
  const isUnsafe = parts.some(
    part =>
      part === '' ||
      part === '.' ||
      part === '..' ||
      part.toLowerCase() === '.git' ||
      /[\\\p{Cc}]/u.test(part),
  );
  if (isUnsafe) {
    throw new UnsafePathError(`${JSON.stringify(file)} is no path in a site`);
  }
  return parts;
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  if ((await readdir(folder)).length > 0) return false;
  await rmdir(folder);
  return true;
}

function isMissing(error: unknown): boolean {
  return isError(error) && ['ENOENT', 'ENOTDIR'].includes(String(error.code));
}

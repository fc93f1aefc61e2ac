import { demoPages, demoPagesWrittenAt } from './content/demoPages';
import { GitSandbox, startGitSandbox } from './git/startGitSandbox';
import { NotionSandbox, startNotionSandbox } from './notion/startNotionSandbox';
import { OpenAiSandbox, startOpenAiSandbox } from './openai/startOpenAiSandbox';

export interface SandboxOptions {
  /** Free ones where nothing is said. */
  ports?: { notion?: number; openAi?: number; git?: number };
  /** Where git repositories are kept; a temporary directory when left out. */
  gitDirectory?: string;
  /** Real time that each answer of Notion and OpenAI takes. */
  latencyMs?: number;
}

export interface Sandbox {
  /** With the demo's manuals. */
  notion: NotionSandbox;
  openAi: OpenAiSandbox;
  /** With the docs site on `develop` of the repository `docs`. */
  git: GitSandbox;
  stop(): Promise<void>;
}

/** All that publishing talks to, on the loopback address. What is started is stopped again when a part cannot be. */
export async function startSandbox({
  ports = {},
  gitDirectory,
  latencyMs = 0,
}: SandboxOptions = {}): Promise<Sandbox> {
  const started: Array<{ stop(): Promise<void> }> = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  const begun = async <T extends { stop(): Promise<void> }>(
    starting: Promise<T>,
  ): Promise<T> => {
    const part = await starting;
    started.push(part);
    return part;
  };
  try {
    const notion = await begun(
      startNotionSandbox({
        port: ports.notion,
        latencyMs,
        pages: demoPages,
        pagesWrittenAt: demoPagesWrittenAt,
      }),
    );
    const openAi = await begun(
      startOpenAiSandbox({ port: ports.openAi, latencyMs }),
    );
    const git = await begun(
      startGitSandbox({ port: ports.git, directory: gitDirectory }),
    );
    return { notion, openAi, git, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

import { Client } from '@notionhq/client';
import express from 'express';
import OpenAI from 'openai';
import { GitClient } from './__testUtils__/GitClient';
import { demoSolutions } from './content/demoPages';
import { listen } from './http/listen';
import { startSandbox } from './startSandbox';

// git starts programs, and the first commit is that of a whole site.
jest.setTimeout(60_000);

describe('the sandbox as a whole', () => {
  it('is a Notion with the manuals, an OpenAI, and a git host with the docs site', async () => {
    const sandbox = await startSandbox();
    const git = await GitClient.create(sandbox.git.token);
    try {
      const notion = new Client({
        auth: sandbox.notion.token,
        baseUrl: sandbox.notion.url,
      });
      const root = await notion.blocks.children.list({
        block_id: demoSolutions.ZCP,
      });
      expect(root.results.length).toBeGreaterThan(5);

      const openAi = new OpenAI({
        apiKey: sandbox.openAi.apiKey,
        baseURL: sandbox.openAi.url,
      });
      const answer = await openAi.chat.completions.create({
        model: 'gpt-4.1-mini',
        messages: [{ role: 'user', content: 'Hello' }],
      });
      expect(answer.choices).toHaveLength(1);

      const { ok } = await git.clone(sandbox.git.repository().url);
      expect(ok).toBe(true);
    } finally {
      await git.remove();
      await sandbox.stop();
    }
  });

  it('stops what it has started when a port is taken', async () => {
    const other = await listen(express());
    const taken = Number(new URL(other.url).port);
    const first = await listen(express());
    const notion = Number(new URL(first.url).port);
    await first.stop();

    await expect(
      startSandbox({ ports: { notion, git: taken } }),
    ).rejects.toThrow('EADDRINUSE');

    const again = await listen(express(), notion);
    await again.stop();
    await other.stop();
  });
});

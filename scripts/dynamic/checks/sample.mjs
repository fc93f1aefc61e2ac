// The sample `dynamic-plugins.yaml`, as RHDH's installer reads it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { mergeConfigs } from './portalConfig.mjs';

/** @returns what it says to the portal, by archive, and its faults */
export function readSample(file, archives, url) {
  const { plugins } = parse(readFileSync(file, 'utf8'));
  const faults = [];
  const configs = new Map();
  for (const entry of plugins) {
    const archive = archives.find(
      one => entry.package === `${url}${path.posix.basename(one.path)}`,
    );
    if (!archive) {
      faults.push(`${entry.package} is none of the archives`);
      continue;
    }
    if (entry.integrity !== archive.integrity) {
      faults.push(`${archive.path} has another integrity`);
    }
    // Whether it is on is said in the words that every release of the installer reads.
    if (entry.disabled !== false) {
      faults.push(`${archive.path} is not said to be \`disabled: false\``);
    }
    configs.set(archive.folder, entry.pluginConfig);
  }
  for (const { path: archive, folder } of archives) {
    if (!configs.has(folder)) faults.push(`${archive} is missing`);
  }
  try {
    [...configs.values()].reduce((all, one) => mergeConfigs(all, one), {});
  } catch (error) {
    faults.push(error.message);
  }
  return { configs, faults };
}

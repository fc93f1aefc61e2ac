// The `dynamic-plugins.yaml` that goes with the archives: each with its integrity, and with what a portal says of the plugin, which
// every plugin brings in a file of its own.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

export const PORTAL_CONFIG = 'app-config.dynamic.yaml';

const HEAD = `# What Red Hat Developer Hub's installer reads (install-dynamic-plugins): the archives beside this file, put on a web server.
# Copy what is below \`plugins\` into your own dynamic-plugins.yaml and change the addresses; or export with \`--url\` and yours.
#
# - The installer refuses an archive that does not match its \`integrity\`. The same lines are in integrity.txt.
# - \`\${…}\` is taken from the environment of the portal when it starts.
# - Herald's notifications take the place of Backstage's own, which has the same id: leave \`backstage-plugin-notifications\` and
#   \`backstage-plugin-notifications-backend\` disabled. Manual publishing does without the notifications; then nobody is told of jobs.
includes:
  - dynamic-plugins.default.yaml
plugins:
`;

const indent = (text, by) =>
  text
    .trimEnd()
    .split('\n')
    .map(line => (line ? ' '.repeat(by) + line : line))
    .join('\n');

function entry(archive, url) {
  const config = path.join(root, archive.folder, PORTAL_CONFIG);
  const lines = [
    `  # ${archive.description}.`,
    `  - package: ${url.replace(/\/*$/, '/')}${path.posix.basename(
      archive.path,
    )}`,
    `    disabled: false`,
    `    integrity: ${archive.integrity}`,
  ];
  if (existsSync(config)) {
    lines.push('    pluginConfig:', indent(readFileSync(config, 'utf8'), 6));
  }
  return lines.join('\n');
}

/**
 * @param archives - those for Red Hat Developer Hub, with `folder`, `description`, `path` and `integrity`
 * @param url - where they will be served
 */
export function sampleYaml(archives, url) {
  return `${HEAD}${archives
    .map(archive => entry(archive, url))
    .join('\n\n')}\n`;
}

// A package registry on this machine, for one proof: it takes what `npm publish` sends and gives it to whoever installs. It knows
// no other packages, so it stands for the registry that a company has for a scope of its own.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

function answer(response, status, body, type = 'application/json') {
  response.writeHead(status, { 'Content-Type': type });
  response.end(type === 'application/json' ? JSON.stringify(body) : body);
}

/** What `npm publish` sends: the description of one version, and its archive. */
function take(packages, sent, url) {
  const known = packages.get(sent.name) ?? {
    name: sent.name,
    'dist-tags': {},
    versions: {},
    time: {},
    archives: new Map(),
  };
  const [attachment] = Object.values(sent._attachments);
  for (const [version, manifest] of Object.entries(sent.versions)) {
    if (known.versions[version]) return false; // as everywhere, what is published stays as it is
    // Where every registry has it: Yarn writes down any other place.
    const file = `/${sent.name}/-/${sent.name.split('/').pop()}-${version}.tgz`;
    known.archives.set(file, Buffer.from(attachment.data, 'base64'));
    known.versions[version] = {
      ...manifest,
      dist: { ...manifest.dist, tarball: `${url}${file}` },
    };
    known.time[version] = new Date().toISOString();
  }
  Object.assign(known['dist-tags'], sent['dist-tags']);
  packages.set(sent.name, known);
  return true;
}

function give(packages, path, response) {
  const [name, file] = decodeURIComponent(path.slice(1)).split('/-/');
  const known = packages.get(name);
  if (!known) return answer(response, 404, { error: 'not found' });
  const { archives, ...description } = known;
  if (!file) return answer(response, 200, description);
  const archive = archives.get(`/${name}/-/${file}`);
  if (!archive) return answer(response, 404, { error: 'not found' });
  return answer(response, 200, archive, 'application/octet-stream');
}

export async function startRegistry() {
  const packages = new Map();
  let url = '';
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, url);
    if (request.method === 'GET') return give(packages, pathname, response);
    if (request.method !== 'PUT') return answer(response, 405, {});
    const isNew = take(packages, await json(request), url);
    return answer(response, isNew ? 201 : 403, { ok: isNew });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    published: () => [...packages.keys()].sort(),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

import { Settings } from './settings/readSettings';

/**
 * Whether a stand-in on this machine answers for Notion or the repository: what is published is not real, or is seen by nobody. The
 * translator does not count, as a gateway to a real one may be on this machine, too.
 */
export function isDemo({
  notion,
  repository,
}: Pick<Settings, 'notion' | 'repository'>): boolean {
  return [notion?.baseUrl, repository?.url].some(
    url => url !== undefined && isLoopback(url),
  );
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

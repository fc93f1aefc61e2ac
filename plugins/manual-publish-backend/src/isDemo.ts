import { Settings } from './readSettings';

/**
 * Whether the repository is a stand-in on this machine, so that what is published is seen by nobody. The others do not count: beside a
 * real repository a gateway to a translator may be on this machine, too, and what is published is published.
 */
export function isDemo({ repository }: Pick<Settings, 'repository'>): boolean {
  return repository !== undefined && isLoopback(repository.url);
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

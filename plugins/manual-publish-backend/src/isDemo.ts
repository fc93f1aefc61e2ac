import { Settings } from './readSettings';

/** Whether a stand-in on this machine answers for one of the systems outside: what is published is seen by nobody else. */
export function isDemo(
  settings: Pick<Settings, 'notion' | 'openai' | 'repository'>,
): boolean {
  return [
    settings.notion?.baseUrl,
    settings.openai?.baseUrl,
    settings.repository?.url,
  ].some(url => url !== undefined && isLoopback(url));
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

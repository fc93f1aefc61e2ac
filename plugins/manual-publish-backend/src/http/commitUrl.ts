/** Hosts whose pages of commits are known, by how the path goes on after the repository. */
const PLACES: readonly [RegExp, string][] = [
  [/(^|\.)github\./, '/commit/'],
  [/(^|\.)gitlab\./, '/-/commit/'],
  [/(^|\.)bitbucket\.org$/, '/commits/'],
];

/**
 * Makes a function that says where a commit can be looked at.
 *
 * @param template - with `{sha}`; without one, it is told by the address of the repository
 */
export function commitUrls(
  repositoryUrl: string | undefined,
  template: string | undefined,
): (sha: string) => string | undefined {
  if (template) {
    return sha => template.replaceAll('{sha}', sha);
  }
  if (!repositoryUrl || !URL.canParse(repositoryUrl)) {
    return () => undefined;
  }
  const { protocol, hostname, origin, pathname } = new URL(repositoryUrl);
  const place = PLACES.find(([host]) => host.test(hostname))?.[1];
  return place && protocol === 'https:'
    ? sha => `${origin}${pathname.replace(/(\.git)?\/?$/, '')}${place}${sha}`
    : () => undefined;
}

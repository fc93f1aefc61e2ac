/** A frontend plugin that the backend serves, as `/.backstage/dynamic-features/remotes` names it. */
export type Remote = {
  packageName: string;
  remoteInfo: {
    /** The name in Module Federation. */
    name: string;
    /** Where its manifest is. */
    entry: string;
  };
  /** The modules that it exposes: `.`, `alpha`. */
  exposedModules: string[];
};

/** @throws where the backend does not answer with a list */
export async function fetchRemotes(backendUrl: string): Promise<Remote[]> {
  const response = await fetch(
    `${backendUrl}/.backstage/dynamic-features/remotes`,
  );
  if (!response.ok) {
    throw new Error(`the list of dynamic plugins: ${response.status}`);
  }
  return response.json();
}

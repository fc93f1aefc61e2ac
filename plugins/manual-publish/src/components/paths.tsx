import { createContext, useContext, type ReactNode } from 'react';
import { useLocation, useParams } from 'react-router-dom';

const DEFAULT_PATH = '/manual-publish';

const BasePath = createContext(DEFAULT_PATH);

/** The addresses of the pages, wherever the host has put them. */
export type Paths = {
  manuals(solution?: string): string;
  jobs: string;
  job(id: string): string;
};

function pathsAt(base: string): Paths {
  return {
    manuals: solution =>
      solution === undefined
        ? base || '/'
        : `${base}?${new URLSearchParams({ solution })}`,
    jobs: `${base}/jobs`,
    job: id => `${base}/jobs/${encodeURIComponent(id)}`,
  };
}

/** Links below lead to the pages at this path. */
export function PathsAt(props: {
  path: string | undefined;
  children: ReactNode;
}) {
  const { path = DEFAULT_PATH, children } = props;
  return (
    <BasePath.Provider value={path.replace(/\/+$/, '')}>
      {children}
    </BasePath.Provider>
  );
}

/** The path at which the host has mounted the pages: the address without what the route left open. */
export function useMountPath(): string {
  const { pathname } = useLocation();
  const rest = useParams()['*'] ?? '';
  return pathname.slice(0, pathname.length - rest.length).replace(/\/+$/, '');
}

export function usePaths(): Paths {
  return pathsAt(useContext(BasePath));
}

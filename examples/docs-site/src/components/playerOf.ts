import { webUrl } from './address';

/** The address of the player for a film on YouTube or Vimeo; undefined for other addresses. */
export function playerOf(url: string | undefined): string | undefined {
  const address = webUrl(url);
  if (address === undefined) return undefined;
  const { hostname, pathname, searchParams } = new URL(address);
  const host = hostname.replace(/^(www|m)\./, '');
  const last = pathname.split('/').at(-1);
  if (host === 'youtu.be') return youTube(last);
  if (host === 'youtube.com' || host === 'youtube-nocookie.com') {
    return youTube(searchParams.get('v') ?? last);
  }
  if (host === 'vimeo.com' && /^\d+$/.test(last ?? '')) {
    return `https://player.vimeo.com/video/${last}`;
  }
  return undefined;
}

function youTube(id: string | undefined): string | undefined {
  return id && /^[\w-]{11}$/.test(id)
    ? `https://www.youtube-nocookie.com/embed/${id}`
    : undefined;
}

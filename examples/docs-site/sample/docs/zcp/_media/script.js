throw new Error('a file to download, not a part of the site');

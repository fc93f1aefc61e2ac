import type { BlockConverter } from '../convertBlock';
import { figureOf } from '../figureOf';
import { labelText } from '../labelText';
import { mediaBlocks, namedFile } from '../mediaBlocks';

/** A picture, with its caption below it and as its alternative text. What turns out to be no picture is a file. */
export const image: BlockConverter<'image'> = (block, children, conversion) =>
  mediaBlocks(block, children, conversion, shown => {
    const { place, caption } = shown;
    if (place.link && !place.link.type.startsWith('image/')) {
      return namedFile('FileLink', block, conversion)(shown);
    }
    const alt = labelText(caption);
    return figureOf(
      {
        type: 'paragraph',
        children: [
          {
            type: 'image',
            url: place.link ? place.src : place.url,
            // It takes as long to read as the caption, which is shown as code then.
            alt: conversion.budget.takesText(alt) ? alt : '',
          },
        ],
      },
      conversion.richText(caption, block),
    );
  });

import { Transform } from 'node:stream';

/** Lets through what comes after a mark, which is plain ASCII; what a shell may say before is dropped. */
export function afterMark(mark: string): Transform {
  let isThrough = false;
  let before = '';
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      if (isThrough) return done(null, piece);
      // a byte a character
      const text = before + piece.toString('latin1');
      const at = text.indexOf(mark);
      isThrough = at >= 0;
      before = text.slice(-mark.length);
      done(null, isThrough ? Buffer.from(text.slice(at + mark.length), 'latin1') : null);
    },
  });
}

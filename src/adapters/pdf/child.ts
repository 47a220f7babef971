// The program of a process that reads the text of one PDF.
import { serveReader } from '../node/reader/serveReader.ts';
import { type PdfBounds, readPdf, whatIsWrong } from './readPdf.ts';

serveReader((file, question) => readPdf(file, question as PdfBounds), whatIsWrong);

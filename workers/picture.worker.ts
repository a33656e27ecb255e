import { expose } from 'comlink';
import { noDiagnosis } from './decode.js';
import { loadPictureKernels, pictureBackend } from './picture-kernels.js';
import { createPictureService } from './picture-service.js';
import { inWorker } from './service-options.js';

expose({ ...createPictureService(inWorker, loadPictureKernels, noDiagnosis), hello: pictureBackend });

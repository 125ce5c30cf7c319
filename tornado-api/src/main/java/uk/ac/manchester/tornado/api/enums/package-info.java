/// When arrays are copied: [uk.ac.manchester.tornado.api.enums.DataTransferMode].
package uk.ac.manchester.tornado.api.enums;

// Reads the objects of a folder made by Objects.java, and prints the result of each call of a reader for Go.
//
//	go run . FOLDER
package main

import (
	"bytes"
	stdgzip "compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	lines = 15000 // of an object
	first = 25    // of its first frame with lines
)

type call struct {
	reader, codec, text string
	read                func(data []byte) ([]byte, error)
}

var calls = []call{
	{"klauspost/compress", "zstd", "zstd.NewReader(file)", func(data []byte) ([]byte, error) {
		reader, err := zstd.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		defer reader.Close()
		return io.ReadAll(reader)
	}},
	{"klauspost/compress", "zstd", "decoder.DecodeAll(data, nil)", func(data []byte) ([]byte, error) {
		decoder, err := zstd.NewReader(nil)
		if err != nil {
			return nil, err
		}
		defer decoder.Close()
		return decoder.DecodeAll(data, nil)
	}},
	{"klauspost/compress", "gzip", "gzip.NewReader(file)", func(data []byte) ([]byte, error) {
		reader, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(reader)
	}},
	{"Go", "gzip", "gzip.NewReader(file)", func(data []byte) ([]byte, error) {
		reader, err := stdgzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(reader)
	}},
	{"Go", "gzip", "reader.Multistream(false)", func(data []byte) ([]byte, error) {
		reader, err := stdgzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		reader.Multistream(false)
		return io.ReadAll(reader)
	}},
}

// The result of a call for all objects of an hour.
func outcome(hour string, read func([]byte) ([]byte, error)) string {
	names, err := filepath.Glob(filepath.Join(hour, "dt=*", "hour=*", "*"))
	if err != nil || len(names) == 0 {
		panic("no objects in " + hour)
	}
	total := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		text, err := read(data)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return "error"
		}
		total += bytes.Count(text, []byte("\n"))
	}
	switch total {
	case lines:
		return "all"
	case 0:
		return "**none**"
	case first:
		return "**first frame only**"
	}
	return fmt.Sprintf("**%d lines**", total)
}

func versioned(reader string) string {
	if reader == "Go" {
		return "Go"
	}
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/"+reader {
			return reader + " " + strings.TrimPrefix(module.Version, "v")
		}
	}
	return reader
}

func main() {
	for _, c := range calls {
		cells := map[string]string{"zstd": "–", "gzip": "–"}
		cells[c.codec] = outcome(filepath.Join(os.Args[1], c.codec, "plain"), c.read)
		hour := outcome(filepath.Join(os.Args[1], c.codec, "hour"), c.read)
		fmt.Printf("go\t| %s | `%s` | %s | %s | %s |\n", versioned(c.reader), c.text, cells["zstd"], cells["gzip"], hour)
	}
}
